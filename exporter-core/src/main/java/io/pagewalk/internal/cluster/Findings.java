package io.pagewalk.internal.cluster;

import io.pagewalk.error.Advice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the servers has found.
 *
 * @param answered whether a server that the user named told where the brokers are
 * @param reached how many of those can be reached
 * @param obstacles on the way to the others, or to the named servers if none of them answered
 */
record Findings(boolean answered, int reached, List<Obstacle> obstacles) {
    static final Findings NONE = new Findings(false, 0, List.of());

    /** What keeps the client from brokers; null if nothing does, or no server told of brokers. */
    @Nullable
    Obstacle advertised() {
        return answered && !obstacles.isEmpty() ? obstacles.get(0) : null;
    }

    /** Whether no way leads to a broker, and waiting does not change that. */
    boolean isHopeless() {
        return reached == 0
                && !obstacles.isEmpty()
                && obstacles.stream().allMatch(obstacle -> obstacle.kind() == Obstacle.Kind.WRONG_LISTENER);
    }

    /** All of it in a line; there has to be an obstacle. */
    String text() {
        Obstacle first = obstacles.get(0);
        String others = obstacles.size() == 1
                ? ""
                : " (and others, such as broker " + obstacles.get(1).broker() + ")";
        return first.text() + others + "; " + first.advice();
    }

    /** How to do what {@link #text} ends with. */
    Advice advice() {
        return obstacles.get(0).how();
    }
}
