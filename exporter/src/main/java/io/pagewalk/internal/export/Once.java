package io.pagewalk.internal.export;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a supplier when its value is needed first, and keeps it. What fails is asked again. For any thread. */
public final class Once<T> implements Supplier<T> {
    private final Supplier<T> supplier;
    private @Nullable T value;

    public Once(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    @Override
    public synchronized T get() {
        T known = value;
        if (known == null) {
            known = supplier.get();
            value = known;
        }
        return known;
    }
}
