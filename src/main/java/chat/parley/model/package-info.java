/**
 * What is said on the bus and to clients: records, the events of rooms and people, the table of who
 * may do what, and the few pure rules that several rooms need, such as how names are folded. No
 * input, no output, no clock of its own.
 */
package chat.parley.model;
