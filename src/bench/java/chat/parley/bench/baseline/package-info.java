/**
 * What Parley is held against: the least that does the same job, each in a process of its own, with
 * the same flags, on the same core and on the same PostgreSQL, in a schema of its own.
 */
package chat.parley.bench.baseline;
