"""The desk's pages, by what people do there."""
