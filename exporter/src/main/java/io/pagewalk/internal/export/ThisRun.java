package io.pagewalk.internal.export;

import io.pagewalk.error.Reasons;
import io.pagewalk.log.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Who this process is. */
public final class ThisRun {
    private ThisRun() {}

    /** With an id that no other run has. */
    public static Origin origin(String host) {
        return new Origin(
                Uuid.randomUuid().toString(), host, ProcessHandle.current().pid());
    }

    /** The name of this machine. */
    public static String host(Map<String, String> environment) {
        String name = environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
        if (!name.isBlank()) {
            return Reasons.oneLine(name);
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }
}
