package io.pagewalk.cli.option;

import org.jspecify.annotations.Nullable;

/** Where the cluster is, for commands that may need none. Unlike with {@link ConnectionOptions}, nothing is required. */
abstract class OptionalConnectionOptions extends ClientOptions {
    private @Nullable String servers;

    /** Takes what the option of the command says. */
    final void connectTo(@Nullable String bootstrapServers) {
        servers = bootstrapServers;
    }

    @Override
    protected final @Nullable String servers() {
        return servers;
    }
}
