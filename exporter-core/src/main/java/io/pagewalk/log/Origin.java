package io.pagewalk.log;

/**
 * Which run wrote something: enough for a person to find the process.
 *
 * @param run a nonce, unique to one run of the program
 * @param host the name of the machine
 * @param process the process id on it
 */
public record Origin(String run, String host, long process) {
    /** {@code process 4711 on worker-3}, as messages show it. */
    @Override
    public String toString() {
        return "process " + process + " on " + host;
    }
}
