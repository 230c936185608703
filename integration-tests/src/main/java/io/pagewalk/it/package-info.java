/**
 * Tests on real brokers, with real processes and real files; all of them are in {@code src/test}. This file stands in for what
 * other modules test: the compiler warns where there is nothing.
 */
package io.pagewalk.it;
