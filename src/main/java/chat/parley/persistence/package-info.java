/**
 * Everything that lasts lives in PostgreSQL, and this package is the only one that speaks to it. It
 * brings its own server where none is given ({@link chat.parley.persistence.EmbeddedPostgres},
 * Linux on x86-64 and arm64), checks the one that is ({@link
 * chat.parley.persistence.ExternalPostgres}), lays the schema ({@link
 * chat.parley.persistence.Migrations}), and answers the bus with stores, one per noun.
 */
package chat.parley.persistence;
