/** The demo: a broker of its own, an export that is killed half-way and goes on, and a proof that nothing is amiss. */
@NullMarked
package io.pagewalk.cli.demo;

import org.jspecify.annotations.NullMarked;
