"""The nine stages, moves, standing, money, dates, text and errors: values and rules, standard library only."""
