"""The API's description: an OpenAPI 3.1 document generated from the routes, and a page to browse it."""
