package io.pagewalk.benchmark.macro.report;

/** Places for labels in a column. */
final class Labels {
    private static final int ATTEMPTS = 1000;

    private Labels() {}

    /**
     * Moves places apart until none is nearer to the next than it may be, and no further from where they were wanted than needed.
     *
     * @param wanted ascending
     */
    static double[] apart(double[] wanted, double distance) {
        double[] places = wanted.clone();
        boolean moved = true;
        for (int attempt = 0; moved && attempt < ATTEMPTS; attempt++) {
            moved = false;
            for (int i = 1; i < places.length; i++) {
                double missing = distance - (places[i] - places[i - 1]);
                if (missing > 0.01) {
                    places[i - 1] -= missing / 2;
                    places[i] += missing / 2;
                    moved = true;
                }
            }
        }
        return places;
    }
}
