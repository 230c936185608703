package io.pagewalk.internal.http.guard;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names by which a server may be asked. A page of another site that has its name resolved to this machine asks by that name, and with the
 * rights of whoever opened it; its requests carry no {@code Origin} that would tell.
 */
final class HostList {
    private final Set<String> names = new TreeSet<>();

    HostList(Collection<String> names) {
        names.forEach(name -> this.names.add(normal(name)));
        // What is malformed comes to no name.
        this.names.remove("");
    }

    /** Whether it is one of them, with any port. */
    boolean has(String host) {
        return names.contains(normal(withoutPort(host.strip())));
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            String behind = end < 0 ? "" : host.substring(end + 1);
            return end > 0 && behind.matches("(:[0-9]{1,5})?") ? host.substring(0, end + 1) : "";
        }
        int colon = host.indexOf(':');
        if (colon < 0) {
            return host;
        }
        return host.substring(colon).matches(":[0-9]{1,5}") ? host.substring(0, colon) : "";
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bracketed = lower.indexOf(':') >= 0 && !lower.startsWith("[") ? "[" + lower + "]" : lower;
        return bracketed.endsWith(".") ? bracketed.substring(0, bracketed.length() - 1) : bracketed;
    }
}
