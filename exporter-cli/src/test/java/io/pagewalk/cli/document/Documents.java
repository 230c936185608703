package io.pagewalk.cli.document;

/** What of a document is another each time, replaced. */
final class Documents {
    private Documents() {}

    static String masked(String document) {
        return document.replaceAll("\"20\\d\\d-[-0-9T:.]+Z\"", "\"NOW\"");
    }
}
