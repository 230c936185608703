package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Requests as bytes, for what no client sends. */
final class RawHttp {
    /** Nothing that is refused takes longer. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int CONNECT_MILLIS = 10_000;

    private RawHttp() {}

    /**
     * What came back until the server hung up, or the answer was whole.
     *
     * @param status 0 if there was no answer
     */
    record Reply(int status, String head, String body) {
        /** The values of a header. */
        List<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        private static Reply of(byte[] bytes) {
            String text = new String(bytes, ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                assertThat(text).as("half a head").isEmpty();
                return new Reply(0, "", "");
            }
            assertThat(text).matches("(?s)HTTP/1\\.1 [0-9]{3} .*");
            return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }
    }

    /** A connection, on which nothing was sent yet. */
    static Socket connect(int port) throws IOException {
        return connect(port, 0);
    }

    /** @param buffer how many bytes wait on this side to be taken, about; 0 for as many as usual */
    static Socket connect(int port, int buffer) throws IOException {
        Socket socket = new Socket();
        if (buffer > 0) {
            socket.setReceiveBufferSize(buffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return socket;
    }

    /** The head of a request without a body, after which the server hangs up. */
    static String head(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head + "Connection: close\r\n\r\n";
    }

    /** The answer to what is a request, or is none; each character is a byte. */
    static Reply send(int port, String request) throws IOException {
        try (Socket socket = connect(port)) {
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // Refused before it was whole; the answer may be there nevertheless.
            }
            return read(socket, request.startsWith("HEAD "));
        }
    }

    /** The answer on a connection. */
    static Reply read(Socket socket, boolean toHead) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            while (!isWhole(bytes, toHead)) {
                socket.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                int n = in.read(buffer);
                if (n < 0) {
                    break;
                }
                bytes.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end within " + LIMIT + ", but " + bytes, e);
        } catch (IOException e) {
            // A reset is an end, too.
        }
        return Reply.of(bytes.toByteArray());
    }

    private static boolean isWhole(ByteArrayOutputStream bytes, boolean toHead) {
        String text = bytes.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        int at = head.indexOf("\r\ncontent-length:");
        if (toHead || head.startsWith("http/1.1 204") || head.startsWith("http/1.1 304")) {
            return true;
        } else if (at < 0) {
            return head.contains("\r\ntransfer-encoding:") && text.endsWith("0\r\n\r\n");
        }
        String length = head.substring(at + "\r\ncontent-length:".length())
                .lines()
                .findFirst()
                .orElse("");
        return text.length() - end - 4 >= Integer.parseInt(length.strip());
    }
}
