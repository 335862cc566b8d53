"""Results become matplotlib Figures: the window, the report, the command line and the README use the same ones.

Never pyplot, never a global setting: a drawing carries its own fonts and colours, so two themes can stand side by side.
"""
