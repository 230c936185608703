package io.pagewalk.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteBackTest {
    private static final int STEP = (int) WriteBack.STEP;

    private final AtomicInteger forced = new AtomicInteger();

    @Test
    void leavesASmallFileToItsEnd() throws IOException {
        WriteBack writeBack = new WriteBack(forced::incrementAndGet);

        writeBack.written(STEP - 1);
        writeBack.finish();

        assertThat(forced).hasValue(0);
    }

    @Test
    void beginsWithEveryStep() throws IOException {
        WriteBack writeBack = new WriteBack(forced::incrementAndGet);

        for (int i = 0; i < 6; i++) {
            writeBack.written(STEP / 2);
            writeBack.finish();
        }

        assertThat(forced).hasValue(3);
    }

    @Test
    void doesNotHoldUpWritingAndBeginsOnceAtATime() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        WriteBack writeBack = new WriteBack(() -> {
            forced.incrementAndGet();
            return disk.await(20, TimeUnit.SECONDS);
        });

        for (int i = 0; i < 10; i++) {
            writeBack.written(STEP);
        }
        assertThat(forced).hasValueLessThanOrEqualTo(1);
        disk.countDown();
        writeBack.finish();

        assertThat(forced).hasValue(1);
    }

    /** The sync at the end would not be told again. */
    @Test
    void tellsOfAFailureBeforeTheFileIsMadeDurable() throws IOException {
        WriteBack writeBack = new WriteBack(() -> {
            throw new IOException("Input/output error");
        });

        writeBack.written(STEP);

        assertThatIOException().isThrownBy(writeBack::finish).withMessage("Input/output error");
        assertThatIOException().as("nor afterwards").isThrownBy(writeBack::finish);
    }
}
