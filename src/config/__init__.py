"""The porch: settings, addresses and servers. The only room that knows every other one."""
