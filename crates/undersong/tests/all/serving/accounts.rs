//! Registered accounts: in by a password, out again, bound by a form without scripts, and what their plans allow.

use serde_json::{Value, json};

use super::super::program::film;
use super::server::{Client, Reply, Server};

const MAIL: &str = "ann@example.org";
const PASSWORD: &str = "correct horse";

fn registered(client: &Client) {
    let told = client.post("/api/auth/register", &json!({ "email": MAIL, "password": PASSWORD }));
    assert_eq!(told.status, 200, "{}", told.text());
}

fn sign_in(server: &Server, email: &str, password: &str) -> Reply {
    let body = json!({ "email": email, "password": password }).to_string();
    server.curl("/api/auth/sign-in", &["-H", "Content-Type: application/json", "-d", &body])
}

/// Sends the form of the page as a browser does.
fn send(server: &Server, fields: &[(&str, &str)]) -> Reply {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let arguments: Vec<&str> = fields.iter().flat_map(|field| ["--data-urlencode", field.as_str()]).collect();
    server.curl("/register", &arguments)
}

/// What `undersong admin` answers about the account of this server.
fn admin(server: &Server, arguments: &[&str]) -> Value {
    server.beside(&[&["admin", "--json"], arguments].concat()).answer()
}

#[test]
fn who_knows_the_password_gets_a_token() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    registered(&client);
    let told = sign_in(&server, "Ann@Example.org ", PASSWORD);
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    for key in ["token", "user_id", "expires_at", "credits"] {
        assert_eq!(told[key], told["data"][key], "{told}");
    }
    assert_eq!((&told["user_id"], &told["credits"]), (&json!(client.user), &json!(100)));
    let (token, user, session) =
        (told["token"].as_str().unwrap().to_owned(), client.user.clone(), client.session.clone());
    let again = Client { server: &server, token, user, session };
    assert_eq!(again.state()["session_id"], client.session, "what it had is there");
    let wrong: Vec<Value> = [(MAIL, "wrong horse"), ("bob@example.org", PASSWORD), ("no address", "x")]
        .into_iter()
        .map(|(email, password)| {
            let mut told = sign_in(&server, email, password).refused(401, 1001);
            told["request_id"] = Value::Null;
            told
        })
        .collect();
    assert!(wrong.windows(2).all(|pair| pair[0] == pair[1]), "one answer for every failure: {wrong:?}");
    server.curl("/api/auth/sign-in", &["-d", "{}"]).refused(400, 400);
    let log = server.log();
    assert!(!log.contains("horse") && !log.contains("example.org"), "{log}");
}

#[test]
fn who_tries_and_tries_waits() {
    let Some(server) = Server::start("[token]\nsign_ins_per_minute = 3\n") else { return };
    let client = server.client("a");
    registered(&client);
    for known in [MAIL, "bob@example.org"] {
        let told: Vec<u16> = (0..4).map(|_| sign_in(&server, known, "wrong").status).collect();
        let tries = told.iter().take_while(|status| **status == 401).count();
        // Registering was a try, too; a slow machine gets some back.
        assert!((2..=3).contains(&tries) && told.contains(&429), "{known}: {told:?}");
    }
    let last = sign_in(&server, MAIL, PASSWORD);
    last.refused(429, 429);
    assert!(last.headers["retry-after"].parse::<u64>().unwrap() >= 1);
}

#[test]
fn who_signs_out_is_out() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    registered(&client);
    let token = || sign_in(&server, MAIL, PASSWORD).json()["token"].as_str().unwrap().to_owned();
    let with = |token: &str, path: &str, body: &str| {
        server.curl(path, &["-H", &format!("Authorization: Bearer {token}"), "-d", body])
    };
    let credits = |token: &str| {
        server.curl("/api/credits/balance/simple", &["-H", &format!("Authorization: Bearer {token}")]).status
    };
    let (one, other) = (token(), token());
    assert_eq!(with(&one, "/api/auth/sign-out", "").json()["data"]["tokens_ended"], 1);
    assert_eq!((credits(&one), credits(&other)), (401, 200));
    with(&one, "/api/auth/sign-out", "").refused(401, 1001);
    let told = with(&other, "/api/auth/sign-out", r#"{"everywhere":true}"#).json();
    assert_eq!(told["data"]["tokens_ended"], 2, "this one, and the first of the account: {told}");
    assert_eq!((credits(&other), credits(&client.token)), (401, 401));
    assert_eq!(credits(&token()), 200);
}

#[test]
fn the_page_takes_a_proof_and_no_word_for_it() {
    let Some(server) = Server::start("") else { return };
    let (client, stranger) = (server.client("a"), server.client("b"));
    let page = server.curl(&format!("/register?bind={}&token=nmv_usr_leaked", client.user), &[]);
    let text = page.text();
    assert!(page.status == 200 && page.headers["content-type"].starts_with("text/html"), "{text}");
    for wanted in [
        "<form method=\"post\" action=\"/register\">",
        "name=\"token\"",
        "type=\"password\" name=\"password\"",
        &format!("name=\"bind\" value=\"{}\"", client.user),
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(!text.contains("<script") && !text.contains("nmv_usr_leaked"), "{text}");
    let odd = server.curl("/register?bind=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", &[]).text();
    assert!(!odd.contains("<script"), "{odd}");
    let (mail, word) = (("email", MAIL), ("password", PASSWORD));
    let bind = ("bind", client.user.as_str());
    // A stranger who knows the user's id has no proof; a token of his own proves another account.
    for proof in [vec![], vec![("token", client.user.as_str())], vec![("invite", "inv_guessed")]] {
        let told = send(&server, &[&[bind, mail, word][..], &proof].concat());
        assert_eq!((told.status, told.text().contains("not valid")), (401, true), "{}", told.text());
    }
    let told = send(&server, &[bind, mail, word, ("token", &stranger.token)]);
    assert_eq!((told.status, told.text().contains("another account")), (400, true), "{}", told.text());
    let told = send(&server, &[bind, mail, ("password", "short"), ("token", &client.token)]);
    assert!(told.status == 400 && told.text().contains("10 to 200") && told.text().contains(MAIL));
    assert!(!told.text().contains(&client.token), "a secret is not sent back");
    assert_eq!(sign_in(&server, MAIL, PASSWORD).status, 401, "nothing was bound");
    let told = send(&server, &[bind, mail, word, ("token", &client.token)]);
    assert!(
        told.status == 200 && told.text().contains("You are registered as ann@example.org"),
        "{}",
        told.text()
    );
    assert_eq!(sign_in(&server, MAIL, PASSWORD).json()["user_id"], client.user);
    assert_eq!(client.look("/api/credits/balance/simple").json()["available"], 100);
    assert_eq!(client.state()["session_id"], client.session);
    let again = send(&server, &[bind, ("email", "eve@example.org"), word, ("token", &client.token)]);
    assert_eq!((again.status, again.text().contains("registered already")), (400, true), "{}", again.text());
}

#[test]
fn an_invitation_works_once() {
    let Some(server) =
        Server::start("public_url = \"https://films.example.org/\"\n[plan.free]\ncredits = 11\n")
    else {
        return;
    };
    let client = server.client("a");
    let told = admin(&server, &["invite", &client.user]);
    let link = told["link"].as_str().unwrap();
    let path = link.strip_prefix("https://films.example.org").unwrap_or_else(|| panic!("{link}"));
    let invite = link.rsplit_once("invite=").unwrap().1;
    let page = server.curl(path, &[]).text();
    assert!(page.contains(invite) && !page.contains("name=\"token\""), "{page}");
    let fields =
        [("bind", client.user.as_str()), ("invite", invite), ("email", MAIL), ("password", PASSWORD)];
    let told = send(&server, &fields);
    assert_eq!(told.status, 200, "{}", told.text());
    assert_eq!(sign_in(&server, MAIL, PASSWORD).json()["user_id"], client.user);
    assert_eq!(send(&server, &fields).status, 401);
    assert_eq!(server.curl(path, &[]).status, 404);
    assert_eq!(
        client.look("/api/credits/balance/simple").json()["available"],
        111,
        "free comes with credits"
    );
    assert!(!server.log().contains(invite), "{}", server.log());
}

#[test]
fn plans_differ_where_the_settings_say_so() {
    let settings = "[plan.anonymous]\nmegabytes = 1\nrequests_per_minute = 30\n[plan.pro]\ncredits = 50\n\
                    attribution = true\naccount_megabytes = 0\n";
    let Some(server) = Server::start(settings) else { return };
    let client = server.client("a");
    let large = server.file("large.mp4", &vec![7; 1_500_000]);
    client.upload(&large).refused(413, 4002);
    for plan in ["pro", "free", "pro"] {
        assert_eq!(admin(&server, &["plan", &client.user, plan])["plan"], plan);
    }
    assert_eq!(client.look("/api/credits/balance/simple").json()["available"], 150, "once");
    let wish = json!({ "id": "r", "sessionId": client.session }).to_string();
    client.curl_plain("/api/render/proxy/lambda", &["-d", &wish]).refused(402, 402);
    client.upload(&large).refused(422, 4004);
    admin(&server, &["plan", &client.user, "free"]);
    client.upload(&large).refused(422, 4003);
}

#[test]
fn the_operator_looks_after_accounts() {
    let Some(server) = Server::start("") else { return };
    let (client, other) = (server.client("a"), server.client("b"));
    registered(&client);
    let listed = admin(&server, &["accounts"])["accounts"].clone();
    let mut users: Vec<&str> =
        listed.as_array().unwrap().iter().filter_map(|one| one["user"].as_str()).collect();
    users.sort_unstable();
    let mut known = [client.user.as_str(), other.user.as_str()];
    known.sort_unstable();
    assert_eq!(users, known);
    assert_eq!(admin(&server, &["accounts", "--most", "1"])["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(admin(&server, &["credits", MAIL, "25"])["available"], 125);
    assert_eq!(client.look("/api/credits/balance/simple").json()["available"], 125, "at once");
    if let Some(film) = film("film_avi_mpeg4_mp3.avi") {
        client.upload(&film);
        assert_eq!(admin(&server, &["accounts", MAIL])["bytes"], 334_534);
    }
    let one = admin(&server, &["accounts", MAIL]);
    assert_eq!((&one["sessions"], &one["plan"], &one["email"]), (&json!(1), &json!("free"), &json!(MAIL)));
    assert_eq!(one["ledger"][0]["kind"], "grant", "{one}");
    assert_eq!(admin(&server, &["audit"])["wrong"], json!([]));
    assert_eq!(admin(&server, &["revoke", &client.user])["tokens_ended"], 1);
    client.look("/api/credits/balance/simple").refused(401, 1001);
    assert_eq!(other.look("/api/credits/balance/simple").status, 200);
    let told = server.beside(&["admin", "credits", "nobody", "5"]);
    assert!(told.status.code() == Some(2) && told.err.contains("There is no account nobody"), "{}", told.err);
    let told = server.beside(&["admin", "credits", MAIL, "-5"]);
    assert_eq!(told.status.code(), Some(2), "{}", told.err);
}
