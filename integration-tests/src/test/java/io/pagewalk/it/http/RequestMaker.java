package io.pagewalk.it.http;

import io.pagewalk.it.fixture.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes requests that are nearly right, at random, but the same of the same seed. */
final class RequestMaker {
    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "get", "QUERY");
    private static final List<String> NAMES = List.of(
            "page_size",
            "page_token",
            "seek",
            "page",
            "per_page",
            "max_results",
            "skip",
            "from",
            "to",
            "direction",
            "partitions",
            "isolation_level",
            "order",
            "key_format",
            "value_format",
            "header_format",
            "max_bytes",
            "timeout",
            "scan_size",
            "key",
            "key_prefix",
            "contains",
            "header.number",
            "header.",
            "json./number",
            "json.",
            "json.number",
            "all",
            "format",
            "ticket",
            "",
            "%00",
            "page_size%20");
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "7",
            "50",
            "-1",
            "10001",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
            "1e3",
            "%D9%A1",
            "abc",
            "true",
            "false",
            "asc",
            "desc",
            "DESC",
            "time",
            "rounds",
            "earliest",
            "latest",
            "offset:3",
            "offset:-3",
            "offset:9223372036854775807",
            "2023-11-14",
            "2023-11-14T22:13:30Z",
            "+1000000000-12-31T23:59:59Z",
            "0-2",
            "0,0,0",
            "1-0",
            "0-2147483647",
            "read_committed",
            "read_uncommitted",
            "auto",
            "bytes",
            "json",
            "ndjson",
            "jsonl",
            "csv",
            "key-3",
            "base64:a2V5",
            "base64:%%%",
            "%FF",
            "%",
            "%zz",
            "%00",
            "%0d%0aX:%20y",
            "%F0%9F%98%80",
            "a=b",
            "nothing");
    private static final List<String> HEADERS = List.of(
            "Accept: application/x-ndjson",
            "Accept: text/csv;q=0.5, */*;q=0.1",
            "Accept: text/html",
            "Accept: ;;;,,/,*/",
            "Accept: application/json;q=2",
            "If-None-Match: *",
            "If-None-Match: W/\"x\", ,",
            "Range: bytes=0-1",
            "Accept-Encoding: gzip",
            "Expect: 100-continue",
            "Upgrade: h2c",
            "Transfer-Encoding: chunked",
            "Content-Length: 0",
            "Content-Length: 5",
            "Sec-Fetch-Site: cross-site",
            "X-Forwarded-Host: evil.example",
            "X: \377\376");

    private final Random random;
    private final String topic;
    private final String token;
    private final String ticket;

    /**
     * @param token a good one
     * @param ticket a link with a good one
     */
    RequestMaker(Random random, String topic, String token, String ticket) {
        this.random = random;
        this.topic = topic;
        this.token = token;
        this.ticket = ticket;
    }

    /** One, whose characters are bytes. */
    String next() {
        String method = any(METHODS);
        List<String> headers = new ArrayList<>();
        if (random.nextInt(20) > 0) {
            headers.add("Host: localhost");
        }
        if (random.nextInt(10) > 0) {
            headers.add(
                    "Authorization: Bearer " + (random.nextInt(20) == 0 ? mutated(Serving.SECRET) : Serving.SECRET));
        }
        while (random.nextInt(3) == 0) {
            headers.add(any(HEADERS));
        }
        String query = query();
        if (method.equals("POST")) {
            headers.add("Content-Type: application/x-www-form-urlencoded");
            headers.add("Content-Length: " + query.length());
            return RawHttp.head(method, path(), headers.toArray(String[]::new)) + query;
        }
        String target = random.nextInt(20) == 0 ? mutated(ticket) : path() + (query.isEmpty() ? "" : "?" + query);
        return RawHttp.head(method, target, headers.toArray(String[]::new));
    }

    private String path() {
        String records = Serving.records(topic);
        String path = any(List.of(
                records,
                records,
                records,
                records,
                records,
                records + "/0/3",
                records + "/2/7/value",
                records + "/0/4/key",
                records + "/9/0",
                records + "/0/999999999999999999",
                records + "/0/9999999999999999999",
                records + "/-1/0",
                "/api/v1/topics/" + topic,
                "/api/v1/topics/none/records",
                "/api/v1/topics/..%2F../records",
                "/api/v1/topics/%00/records",
                "/api/v1/topics/a%20b",
                "/api/v1/topics/" + "a".repeat(300) + "/records",
                "/api/v1/tickets",
                "/metrics",
                "//api/v1/topics",
                "/"));
        return random.nextInt(10) == 0 ? mutated(path) : path;
    }

    private String query() {
        List<String> parts = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            parts.add("page_token=" + (random.nextInt(3) > 0 ? mutated(token) : token));
        }
        while (random.nextInt(5) > 1) {
            parts.add(any(NAMES) + (random.nextInt(20) == 0 ? "" : "=") + value());
        }
        return String.join("&", parts);
    }

    private String value() {
        String value = any(VALUES);
        return random.nextInt(10) == 0 ? mutated(value) : value;
    }

    /** The same but for a few characters, without those that end a request's line. */
    private String mutated(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(changed.length() + 1);
            char any = (char) (0x21 + random.nextInt(random.nextInt(4) == 0 ? 0xdf : 0x5e));
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(at, any);
                case 1 -> changed.setLength(at);
                case 2 -> changed.delete(at, Math.min(changed.length(), at + 1));
                default -> changed.replace(at, Math.min(changed.length(), at + 1), String.valueOf(any));
            }
        }
        return changed.toString();
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
