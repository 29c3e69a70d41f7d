"""The provider's side: private keys, opening, listing."""
