import chat.parley.client.ApiClient;
import chat.parley.client.api.AuthApi;
import chat.parley.client.api.MessagesApi;
import chat.parley.client.api.RoomsApi;
import chat.parley.client.model.Login;
import chat.parley.client.model.Message;
import chat.parley.client.model.NewMessage;
import chat.parley.client.model.NewRoom;
import chat.parley.client.model.Registration;
import chat.parley.client.model.Room;
import java.util.UUID;

/** Signs in, makes a room and says something, by the client that openapi-generator makes of openapi.yaml. */
public final class FirstSteps {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0] + "/api/v1");
    AuthApi auth = new AuthApi(client);
    auth.register(new Registration().username("clara").password("correct horse"));
    String token = auth.login(new Login().login("clara").password("correct horse")).getAccessToken();

    // Before the other parts are made, which take it over.
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    Room room = new RoomsApi(client).createRoom(new NewRoom().kind(NewRoom.KindEnum.GROUP).name("By Java"));
    NewMessage words = new NewMessage().clientId(UUID.randomUUID()).text("Hello from Java");
    MessagesApi messages = new MessagesApi(client);
    Message said = messages.postMessage(room.getId(), words, null).getMessage();
    System.out.println(said.getSeq() + " " + messages.listMessages(room.getId(), null, null, null, 10).getItems().get(0).getText());
  }
}
