package io.pagewalk.cli.page;

import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import io.pagewalk.http.PageServer;
import io.pagewalk.http.PageServerSettings;
import io.pagewalk.location.DirectoryLocation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where pages are served, to whom, and what that may take. */
@Command(optionListHeading = "Server")
public final class ServeOptions {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+):([0-9]{1,5})");
    /** So much of the heap a reader has: what it has fetched, and what of it is a page. */
    private static final long HEAP_A_READER = 256L << 20;

    private static final int MOST_READERS = 8;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8480",
            description = "The address to listen on; port 0 takes one that is free (default: ${DEFAULT-VALUE}).")
    private String listen = "127.0.0.1:8480";

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name by which clients ask, such as that of a proxy; may be repeated. The address that is"
                    + " listened on, localhost, 127.0.0.1 and [::1] are allowed already.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(names = "--no-auth", description = "Answer everybody who reaches the address, without a secret.")
    private boolean noAuth;

    @Option(
            names = "--readers",
            paramLabel = "N",
            description = "How many pages are read at a time, 1 to 64 (default: one for every 256 MiB of the heap, 8 at"
                    + " most).")
    private @Nullable Integer readers;

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    /**
     * What the options come to.
     *
     * @param registryContext which of the schema registry's contexts ids are of
     * @param exports outputs whose exports may be looked at
     * @throws UsageException if they cannot be; without a secret an address is refused that others can reach
     */
    public PageServerSettings settings(Console console, String registryContext, List<DirectoryLocation> exports) {
        Matcher address = ADDRESS.matcher(listen);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
            throw new UsageException("--listen '" + listen + "' is not HOST:PORT");
        }
        String host = address.group(1).replaceAll("[\\[\\]]", "");
        String given = secrets.secret(console);
        if (noAuth && given != null) {
            throw new UsageException("--no-auth and a secret exclude each other");
        }
        if (!noAuth && given == null && !isLoopback(host)) {
            throw new UsageException("--listen " + listen + " can be reached by others: give a --secret-file (or"
                    + " PAGEWALK_SECRET), or say --no-auth");
        }
        String secret = noAuth ? null : given == null ? newSecret(console) : given;
        long heap = Runtime.getRuntime().maxMemory();
        int most = readers == null ? (int) Math.max(1, Math.min(MOST_READERS, heap / HEAP_A_READER)) : readers;
        if (most < 1 || most > 64) {
            throw new UsageException("--readers " + most + " is not from 1 to 64");
        }
        return new PageServerSettings(
                host,
                Integer.parseInt(address.group(2)),
                allowedHosts,
                secret,
                most,
                Math.max(1, heap / 4),
                registryContext,
                exports);
    }

    /** Whether the secret was made for this process, so that somebody has to be told it. */
    public boolean isSecretNew(Console console) {
        return !noAuth && secrets.secret(console) == null;
    }

    private static String newSecret(Console console) {
        String secret = PageServer.newSecret();
        console.keepSecret(Map.of("secret", secret));
        return secret;
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            throw new UsageException("--listen: there is no host " + host, e);
        }
    }
}
