"""The provider of OpenID Connect that signs people in: found, asked, and not believed without proof."""
