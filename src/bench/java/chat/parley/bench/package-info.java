/**
 * The bench: what Parley costs, beside what the same job costs without it. Begin with {@code
 * Bench}; what is measured and how stands in docs/performance.md.
 */
package chat.parley.bench;
