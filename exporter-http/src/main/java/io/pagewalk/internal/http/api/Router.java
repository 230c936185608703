package io.pagewalk.internal.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.http.answer.Problem;
import io.pagewalk.internal.http.answer.Problems;
import io.pagewalk.internal.http.answer.ServedFigures;
import io.pagewalk.internal.http.guard.Guard;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out who answers a request, and says what is wrong where nobody does. */
final class Router implements HttpHandler {
    private final Guard guard;
    private final List<Route> routes;
    private final Problems problems;
    private final ServedFigures figures;

    Router(Guard guard, List<Route> routes, Problems problems, ServedFigures figures) {
        this.guard = guard;
        this.routes = routes;
        this.problems = problems;
        this.figures = figures;
    }

    @Override
    public void handle(Exchange asked) throws IOException {
        Counted exchange = new Counted(asked, figures);
        exchange.header("X-Content-Type-Options", "nosniff");
        exchange.header("Cross-Origin-Resource-Policy", "same-origin");
        exchange.header("Referrer-Policy", "no-referrer");
        try {
            Guard.Refusal refusal = guard.refusal(exchange);
            if (refusal == null) {
                route(exchange);
            } else {
                refuse(exchange, refusal);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        } catch (RuntimeException | Error e) {
            fail(exchange, e);
        }
    }

    private static void refuse(Exchange exchange, Guard.Refusal refusal) {
        if (refusal.status() == 401) {
            exchange.header("WWW-Authenticate", "Bearer");
        }
        tell(exchange, Problem.of(refusal.status(), refusal.reason()));
    }

    private void route(Counted exchange) throws IOException {
        @Nullable Route found = null;
        String @Nullable [] variables = null;
        for (Route route : routes) {
            variables = route.variables(exchange.path());
            if (variables != null) {
                found = route;
                break;
            }
        }
        if (found == null || variables == null) {
            tell(exchange, Problem.of(404, "there is nothing at this path; /openapi.yaml tells what is where"));
            return;
        }
        exchange.isOf(found.template());
        Set<String> methods = new TreeSet<>(found.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.contains(exchange.method())) {
            exchange.header("Allow", String.join(", ", methods));
            tell(exchange, Problem.of(405, "this path takes " + String.join(", ", methods)));
            return;
        }
        found.answer().to(exchange, variables);
    }

    private void fail(Counted exchange, Throwable failure) {
        if (exchange.hasBegun()) {
            exchange.abort();
            return;
        }
        Problem problem = problems.of(failure);
        if (problem.status() == 429) {
            exchange.header("Retry-After", "1");
        }
        tell(exchange, problem);
    }

    private static void tell(Exchange exchange, Problem problem) {
        exchange.header("Content-Type", "application/problem+json");
        exchange.header("Cache-Control", "no-store");
        exchange.send(problem.status(), problem.toString().getBytes(UTF_8));
    }
}
