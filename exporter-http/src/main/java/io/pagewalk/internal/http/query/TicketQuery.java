package io.pagewalk.internal.http.query;

/** A link that is to be signed. */
public final class TicketQuery {
    private static final String UNDER = "/api/v1/topics/";

    private TicketQuery() {}

    /**
     * The link that the body of a request has.
     *
     * @throws BadRequestException if it has none to records
     */
    public static String link(String form) {
        Parameters parameters = Parameters.parse(form);
        String link = parameters.get("link");
        parameters.requireAllTaken();
        if (link == null || !link.startsWith(UNDER) || !link.contains("/records") || !link.matches("[\\x21-\\x7e]+")) {
            throw new BadRequestException("link is the path and the query of records, such as " + UNDER
                    + "orders/records?all=true&format=csv");
        }
        if (link.contains("ticket=")) {
            throw new BadRequestException("the link has a ticket already");
        }
        return link;
    }
}
