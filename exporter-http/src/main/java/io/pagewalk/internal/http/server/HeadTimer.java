package io.pagewalk.internal.http.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections that take too long to send the head of a request: who sends a byte now and then is never silent. They are looked at now and
 * then, so that a head which is not the first one may take up to three times as long.
 */
final class HeadTimer implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration limit;

    HeadTimer(Scheduler scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        new Watch(connection).lookLater();
    }

    @Override
    public void onClosed(Connection connection) {}

    /** What a connection has done from one look to the next; one comes after the other. */
    private final class Watch implements Runnable {
        private final Connection connection;
        private volatile long heads;
        private volatile long bytes;
        /** The first one is under way from the beginning. */
        private volatile boolean isHeadUnderWay = true;

        Watch(Connection connection) {
            this.connection = connection;
        }

        void lookLater() {
            scheduler.schedule(this, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void run() {
            if (!connection.getEndPoint().isOpen()) {
                return;
            }
            long bytesNow = connection.getBytesIn();
            long headsNow = connection.getMessagesIn();
            boolean isSame = headsNow == heads;
            if (isSame && isHeadUnderWay) {
                connection.getEndPoint().close();
                return;
            }
            // What comes while a request is answered may be its body.
            isHeadUnderWay = isSame && bytesNow > bytes && headsNow == connection.getMessagesOut();
            heads = headsNow;
            bytes = bytesNow;
            lookLater();
        }
    }
}
