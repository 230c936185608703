package io.pagewalk.internal.cluster;

import io.pagewalk.error.Advice;

/**
 * What keeps the client from a server.
 *
 * @param broker the id of a broker whose address another server told; negative for a server that the user named
 * @param who the server, as the subject of a sentence
 * @param what the rest of that sentence
 * @param advice what to do
 * @param how how to do that, where it is a choice of the caller
 */
record Obstacle(Kind kind, int broker, String who, String what, String advice, Advice how) {
    enum Kind {
        /** Its name is not known here; a name server that is away for a moment looks the same. */
        UNRESOLVABLE,
        /** Something answers that is not what the client expects; this does not pass. */
        WRONG_LISTENER,
        /** It, or the client, does not accept the other's credentials. */
        NOT_ACCEPTED,
        /** It refuses connections, or does not answer; it may be back in a moment. */
        AWAY
    }

    boolean isAdvertised() {
        return broker >= 0;
    }

    String text() {
        return who + " " + what;
    }
}
