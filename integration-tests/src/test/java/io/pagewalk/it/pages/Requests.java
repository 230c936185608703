package io.pagewalk.it.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Serving;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** All ways in which records can be asked for. */
final class Requests {
    /**
     * What came.
     *
     * @param meta of the page, or what is wrong
     * @param isOfMany whether these are the first pages of a stream of all
     */
    record Answer(int status, List<JsonNode> records, JsonNode meta, boolean isOfMany) {}

    private Requests() {}

    /** Asks for a page by GET or POST, in a document or in lines; or for all of them, of which only the first ones are taken. */
    static Answer ask(Serving serving, String topic, Map<String, String> parameters, Random random) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        boolean isLines = random.nextBoolean();
        boolean isAll = isLines && random.nextInt(4) == 0;
        if (isLines) {
            all.put("format", "ndjson");
        }
        if (isAll) {
            all.put("all", "true");
        }
        HttpResponse<String> response =
                Serving.send(request(serving, Serving.records(topic), all, random.nextBoolean()));
        if (response.statusCode() != 200) {
            return new Answer(response.statusCode(), List.of(), Output.json(response.body()), false);
        }
        return isLines
                ? lines(response.body(), isAll ? 1 + random.nextInt(3) : 1, isAll)
                : document(Output.json(response.body()));
    }

    private static HttpRequest.Builder request(
            Serving serving, String path, Map<String, String> parameters, boolean isPost) {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return isPost
                ? serving.request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                : serving.request(path + "?" + form);
    }

    private static Answer document(JsonNode page) {
        return new Answer(200, Listed.records(page), page.get("meta"), false);
    }

    private static Answer lines(String body, int pages, boolean isOfMany) {
        List<JsonNode> records = new ArrayList<>();
        int ended = 0;
        for (String text : body.split("\n", -1)) {
            JsonNode line = Output.json(text);
            if (line.has("data")) {
                records.add(line.get("data"));
            } else if (line.has("done") || (line.has("page") && ++ended == pages)) {
                return new Answer(200, records, line.has("done") ? line.get("done") : line.get("page"), isOfMany);
            }
        }
        throw new AssertionError("a stream without its end: " + body);
    }
}
