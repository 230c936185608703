/**
 * What an audit of an export came to.
 */
@NullMarked
package io.pagewalk.audit;

import org.jspecify.annotations.NullMarked;
