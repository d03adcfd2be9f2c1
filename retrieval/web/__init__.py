"""Pages from the web, politely and safely: an address → what stands there now, or the reason why not."""
