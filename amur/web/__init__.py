"""The page: a local web application over record, model and answers. It asks and shows; it computes nothing."""
