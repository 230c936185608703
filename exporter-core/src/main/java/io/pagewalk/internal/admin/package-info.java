/** Questions to a cluster, asked again until they are answered, or nobody is there to answer. */
@NullMarked
package io.pagewalk.internal.admin;

import org.jspecify.annotations.NullMarked;
