package io.pagewalk.cli.training;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * As much of a Kafka broker as an export needs, on a port of the loopback interface: a real connection to it takes Kafka's
 * clients through all their code, for which a real broker would have to be shipped and started.
 */
public final class TrainingBroker implements Closeable {
    private final ServerSocket listener;
    private final TrainingTopic topic;

    private TrainingBroker(ServerSocket listener) {
        this.listener = listener;
        this.topic = new TrainingTopic(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** Starts a broker; what it runs on are daemon threads. */
    public static TrainingBroker start() throws IOException {
        TrainingBroker broker =
                new TrainingBroker(new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
        daemon(broker::accept);
        return broker;
    }

    /** Where clients connect to. */
    public String bootstrapServers() {
        return topic.host() + ":" + topic.port();
    }

    /** The only topic there is. */
    public String topic() {
        return TrainingTopic.NAME;
    }

    private void accept() throws IOException {
        while (true) {
            Socket connection = listener.accept();
            daemon(() -> serve(connection));
        }
    }

    private void serve(Socket connection) throws IOException {
        try (connection) {
            connection.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                byte[] request = in.readNBytes(in.readInt());
                out.write(answer(ByteBuffer.wrap(request)));
            }
        }
    }

    private byte[] answer(ByteBuffer request) {
        RequestHeader header = RequestHeader.parse(request);
        short version = header.apiVersion();
        ApiMessage question = AbstractRequest.parseRequest(header.apiKey(), version, new ByteBufferAccessor(request))
                .request
                .data();
        short headerVersion = header.apiKey().responseHeaderVersion(version);
        ByteBuffer responseHeader = bytes(header.toResponseHeader().data(), headerVersion);
        ByteBuffer response = bytes(topic.answer(header.apiKey(), question), version);
        int length = responseHeader.remaining() + response.remaining();
        return ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .put(responseHeader)
                .put(response)
                .array();
    }

    private static ByteBuffer bytes(Message message, short version) {
        return MessageUtil.toByteBufferAccessor(message, version).buffer();
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (EOFException | SocketException e) {
                        // The other side, or this one, has closed.
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "training-broker");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
