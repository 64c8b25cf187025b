//! The demo: what it prints is there, and what it says to ask can be asked.

use crate::common::Room;

#[test]
fn the_demo_is_built_and_its_commands_work() {
    let room = Room::new();
    let (code, out, err) = room.run(&["demo"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(room.count("demo.hearsay", "pages"), 14);
    assert_eq!(room.count("demo.hearsay", "failures"), 0);
    let commands: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("  hearsay ")).collect();
    assert!(commands.len() >= 4, "{out}");
    for command in commands {
        let program = assert_cmd::cargo::cargo_bin("hearsay");
        let line = format!("'{}' {command}", program.display());
        let done = std::process::Command::new("sh").current_dir(room.0.path()).args(["-c", &line]).output().unwrap();
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
        assert!(!done.stdout.is_empty(), "{command}");
    }
    assert_eq!(room.run(&["verify"]).0, 0);
    // Once more: nothing is new.
    assert!(room.run(&["demo"]).2.contains("0 pages read"));
}

/// After a change of what is found: `HEARSAY_UPDATE=1 cargo test -p hearsay-cli --test all demo`.
#[test]
fn the_readme_shows_what_the_demo_prints() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (head, rest) = readme.split_once("$ hearsay demo\n").expect("the command in the README");
    let (shown, tail) = rest.split_once("```").expect("the end of what it shows");
    let (_, printed, _) = Room::new().run(&["demo"]);
    if std::env::var_os("HEARSAY_UPDATE").is_some() {
        std::fs::write(path, format!("{head}$ hearsay demo\n{printed}```{tail}")).unwrap();
        return;
    }
    assert_eq!(shown, printed, "HEARSAY_UPDATE=1 writes it anew");
}

#[test]
fn the_pages_of_the_demo_can_be_looked_at() {
    let room = Room::new();
    assert_eq!(room.run(&["demo", "--pages", "pages"]).0, 0);
    assert_eq!(room.run(&["build", "pages"]).0, 0);
    assert_eq!(room.run(&["demo"]).0, 0);
    assert_eq!(room.count("record.hearsay", "claims"), room.count("demo.hearsay", "claims"));
}

#[test]
fn help_is_there_for_every_command() {
    let room = Room::new();
    for command in ["build", "export", "sql", "show", "correct", "verify", "doctor", "demo", "completions"] {
        let (code, out, _) = room.run(&[command, "--help"]);
        assert_eq!(code, 0);
        assert!(out.contains("Examples:"), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(room.run(&["completions", shell]).1.contains("hearsay"), "{shell}");
    }
}
