/**
 * Proof that the history checker sees: the server in this JVM is changed at run time, so that it
 * drops, swaps, repeats, delivers to the removed or acknowledges what it did not store, and each
 * change must be caught by its own invariant. The product carries no switch for this; only this
 * package knows both the server's classes (by name) and the checker.
 */
package chat.parley.mutants;
