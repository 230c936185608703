package io.pagewalk.internal.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open for reading, and remembers whether that failed. A format reports a file that is damaged and a storage that
 * is away by the same exception; only the first is a finding.
 */
final class AuditedChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private @Nullable IOException failure;

    /** @param file closed with this one */
    AuditedChannel(SeekableByteChannel file) {
        this.file = file;
    }

    /** @throws IOException the failure of the storage, if it failed */
    void requireReadable() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return file.read(target);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        try {
            file.position(position);
            return this;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return file.write(source);
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        return file.truncate(size);
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
