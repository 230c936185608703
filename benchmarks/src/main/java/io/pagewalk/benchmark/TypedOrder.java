package io.pagewalk.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An order with a schema, before it is written. Half of all are of an older version of the schema, which lacks {@code updated} and
 * {@code channel}, has {@code legacy} besides, and a smaller {@code quantity}.
 *
 * @param newer whether it is of the newer version
 * @param cents the amount
 * @param createdMillis since the epoch
 * @param updatedMicros since the epoch, or null
 */
record TypedOrder(
        long id,
        boolean newer,
        String customer,
        int status,
        int cents,
        long createdMillis,
        @Nullable Long updatedMicros,
        @Nullable String note,
        int quantity,
        double price,
        int weight,
        boolean express,
        boolean gift,
        String channel,
        String legacy,
        String street,
        String city,
        String zip,
        List<Item> items,
        String source,
        String campaign) {
    static final List<String> STATES = List.of("NEW", "PAID", "SHIPPED", "DONE");
    static final String COUNTRY = "DE";

    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    private static final int CITIES = 200;

    /** What was ordered. */
    record Item(String sku, int quantity, double price) {}

    /** Order number n, the same wherever and whenever it is made. */
    static TypedOrder of(long number) {
        SplittableRandom random = new SplittableRandom(number);
        return new TypedOrder(
                number,
                isNewer(number),
                customer(number),
                random.nextInt(STATES.size()),
                random.nextInt(100_000_000),
                FIRST_MILLIS + number * 137 + random.nextInt(100),
                random.nextInt(3) == 0 ? null : (FIRST_MILLIS + number * 139) * 1000,
                random.nextInt(4) == 0 ? "please leave at door number " + random.nextInt(1000) : null,
                quantity(number),
                random.nextInt(10_000) / 100.0,
                random.nextInt(5000),
                random.nextBoolean(),
                random.nextInt(10) == 0,
                isByApp(number) ? "app" : "web",
                "x" + random.nextInt(10),
                random.nextInt(999) + " Long Street Name",
                "City-" + Integer.toString(random.nextInt(CITIES) * 7919, 36),
                "" + random.nextInt(10_000, 99_999),
                items(random),
                "s" + random.nextInt(5),
                "c" + random.nextInt(100));
    }

    private static List<Item> items(SplittableRandom random) {
        List<Item> items = new ArrayList<>();
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            items.add(new Item("SKU-" + random.nextInt(5000), random.nextInt(1, 9), random.nextInt(10_000) / 100.0));
        }
        return items;
    }

    static boolean isNewer(long number) {
        return draw(number, 0, 2) == 0;
    }

    /** Orders of the older version are all by the web. */
    static boolean isByApp(long number) {
        return isNewer(number) && draw(number, 1, 2) == 0;
    }

    static String customer(long number) {
        return "cust-" + draw(number, 2, 100_000);
    }

    static int quantity(long number) {
        return draw(number, 3, 50);
    }

    /** One of so many, without a pattern over the numbers of a partition. What of an order is drawn tells draws apart. */
    private static int draw(long number, int what, int most) {
        long mixed = (4 * number + what) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58_476D_1CE4_E5B9L;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 29), most);
    }
}
