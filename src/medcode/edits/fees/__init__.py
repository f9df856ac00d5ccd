"""What Medicare's physician fee schedule says of modifiers, over the user's own release of it."""
