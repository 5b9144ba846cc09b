"""An organisation's own Word template, in whose look its briefings are downloaded."""
