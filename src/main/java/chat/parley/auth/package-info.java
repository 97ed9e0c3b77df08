/**
 * Who may come in. {@link chat.parley.auth.AuthVerticle} answers for passwords, sessions, tokens
 * and tickets: it makes accounts, opens and ends sessions, and says who is speaking. It holds the
 * secret and no database: what lasts it asks of persistence over the bus, and only ever hands it
 * hashes. Follow a request from {@code AuthVerticle} to the class of its noun: {@code
 * Registrations}, {@code SignIns}, {@code SecondFactor}, {@code Passkeys}, {@code Refreshes},
 * {@code Tickets}, {@code Verification}, {@code PasswordResets}, {@code PasswordChanges}, {@code
 * Emails}.
 */
package chat.parley.auth;
