/**
 * Letters. {@link chat.parley.mail.MailVerticle} takes from the outbox, which persistence keeps,
 * what is to be sent, has it written by the class of its kind ({@code PasswordResetLetter} and so
 * on), lays it out as text and HTML ({@code Paper}) and hands it to a {@code Postman}: the mail
 * server of the settings, or without one a folder. Nobody asks this room for anything, so nobody
 * waits for it.
 */
package chat.parley.mail;
