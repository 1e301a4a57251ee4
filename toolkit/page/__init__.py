"""The page on this computer: routes and templates over the flows, served to this machine only."""
