"""A real OpenSearch cluster of several nodes on this machine, made of the jars that Maven Central has.

Maven Central has no archive of a whole node, but all of its jars: the server's own go into ``lib/``, those
of the transport module into ``modules/transport-netty4/``, beside a descriptor and a policy that are
written here. The nodes are started as bin/opensearch starts them."""
