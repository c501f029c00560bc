"""config/jubo.yml and the environment, as Settings: one clear line for whatever is wrong.

Defaults travel with the package; a configuration file only says what differs.
"""

from bot.config.reading import load_settings, read_secret
from bot.config.settings import (
    Arxiv,
    Budget,
    Database,
    Http,
    Model,
    ModelPrices,
    Outlet,
    Policy,
    Prices,
    Schedule,
    Settings,
    Sources,
    defaults_folder,
)

__all__ = [
    "Arxiv",
    "Budget",
    "Database",
    "Http",
    "Model",
    "ModelPrices",
    "Outlet",
    "Policy",
    "Prices",
    "Schedule",
    "Settings",
    "Sources",
    "defaults_folder",
    "load_settings",
    "read_secret",
]
