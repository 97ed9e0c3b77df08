/**
 * The one wall that all rooms share. {@link chat.parley.bus.Addresses} lists every conversation
 * once, typed; {@link chat.parley.bus.Bus} is the only user of the Vert.x event bus: {@code ask},
 * {@code serve}, {@code publish}. What is said are immutable records, handed over by reference on
 * one node; only news cross to others. What goes wrong is a {@link chat.parley.bus.Problem} on both
 * sides.
 */
package chat.parley.bus;
