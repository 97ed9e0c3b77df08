package chat.parley.model;

/** How far someone has read. */
public record ReadMark(long readSeq, long unread) {}
