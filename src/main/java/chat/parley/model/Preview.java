package chat.parley.model;

import java.util.UUID;

/**
 * What a link in a message leads to, in that page's own words; all but the address may be null.
 *
 * @param url the link, as it stands in the message
 * @param image a picture that the server keeps of it, asked for like an attachment
 */
public record Preview(String url, String title, String description, String site, UUID image) {}
