/** Tables that follow exports: which table, how it is reached, and how far it has come. */
@NullMarked
package io.pagewalk.follow;

import org.jspecify.annotations.NullMarked;
