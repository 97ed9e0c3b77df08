package chat.parley.persistence;

import chat.parley.model.LetterKind;
import java.util.UUID;

/**
 * A letter to be written.
 *
 * @param userId the account it is about
 * @param recipient one address, as it stands in the account; without one there is no letter
 * @param reference what its words or its link are made of; null when they need nothing
 */
record NewLetter(LetterKind kind, UUID userId, String recipient, UUID reference) {}
