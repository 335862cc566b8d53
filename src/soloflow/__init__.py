"""SoloFlow: from first contact to referral, for an engineer who works alone."""

__version__ = "0.1.0"
