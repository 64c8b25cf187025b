//! The tree of a page: compact nodes in one arena, built by the tree construction of the HTML Standard.
//!
//! Only what extraction asks for is kept: a handful of attributes, no comments, no scripts but JSON-LD.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// The index of a node in its [`Dom`].
pub(super) type NodeId = u32;

/// No node.
pub(super) const NONE: NodeId = u32::MAX;

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The document, and the contents of templates.
    Root,
    /// An element.
    Element(Element),
    /// Text.
    Text(StrTendril),
}

/// An element: its name, its tag as a number, and the attributes that are kept.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    /// The tag as a number, for quick matching.
    pub tag: Tag,
    attrs: Vec<Attribute>,
}

/// One node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    /// The parent.
    pub parent: NodeId,
    /// The sibling before.
    pub prev: NodeId,
    /// The sibling after.
    pub next: NodeId,
    /// The first child.
    pub first: NodeId,
    /// The last child.
    pub last: NodeId,
    depth: u32,
    /// What it is.
    pub kind: Kind,
}

impl Node {
    fn new(kind: Kind) -> Self {
        Node { parent: NONE, prev: NONE, next: NONE, first: NONE, last: NONE, depth: 0, kind }
    }
}

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// The elements that extraction tells apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub(super) enum Tag { $($variant,)* Other }
        impl Tag {
            fn of(name: &str) -> Tag {
                match name { $($name => Tag::$variant,)* _ => Tag::Other }
            }
        }
    };
}

tags! {
    A "a", Abbr "abbr", Address "address", Amp "amp-img", Article "article", Aside "aside", Audio "audio", B "b",
    Base "base", Blockquote "blockquote", Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption",
    Center "center", Cite "cite", Code "code", Dd "dd", Details "details", Dialog "dialog", Div "div", Dl "dl", Dt "dt",
    Em "em", Embed "embed", Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer",
    Form "form", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header", Hr "hr",
    Html "html", I "i", Iframe "iframe", Img "img", Input "input", Label "label", Legend "legend", Li "li",
    Link "link", Main "main", Menu "menu", Meta "meta", Nav "nav", Noscript "noscript", Object "object", Ol "ol",
    Optgroup "optgroup", Choice "option", P "p", Picture "picture", Pre "pre", Q "q", Rp "rp", Rt "rt", Script "script",
    Section "section", Select "select", Small "small", Span "span", Strong "strong", Style "style", Sub "sub", Sup "sup",
    Summary "summary", Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea",
    Tfoot "tfoot", Th "th", Thead "thead", Time "time", Title "title", Tr "tr", Tt "tt", U "u", Ul "ul", Video "video",
}

/// The attributes that are kept; everything else is dropped before it reaches the tree.
const KEPT: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "class",
    "content",
    "data-component",
    "data-testid",
    "data-type",
    "datetime",
    "hidden",
    "href",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "title",
    "type",
    "xml:lang",
    "http-equiv",
    "data-qa",
    "data-name",
    "alt",
    "src",
];

/// Whether an attribute of this (lower case) name is kept.
pub(super) fn keeps(name: &str) -> bool {
    KEPT.contains(&name)
}

/// A page as a tree.
#[derive(Debug)]
pub(super) struct Dom {
    nodes: Vec<Node>,
}

impl Dom {
    /// The document node.
    pub const ROOT: NodeId = 0;

    /// A node by its index.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element at `id`, if it is one.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).kind {
            Kind::Element(e) => Some(e),
            _ => None,
        }
    }

    /// Its tag; `Other` for what is not an element.
    pub fn tag(&self, id: NodeId) -> Tag {
        self.element(id).map_or(Tag::Other, |e| e.tag)
    }

    /// The node and all below it, in document order, without recursion.
    pub fn descendants(&self, top: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = top;
        std::iter::from_fn(move || {
            let here = at;
            (here != NONE).then(|| {
                at = self.after(here, top);
                here
            })
        })
    }

    fn after(&self, id: NodeId, top: NodeId) -> NodeId {
        let node = self.node(id);
        if node.first != NONE { node.first } else { self.past(id, top) }
    }

    /// The next node in document order that is not below `id`, within `top`; [`NONE`] at the end.
    pub fn past(&self, id: NodeId, top: NodeId) -> NodeId {
        let mut at = id;
        while at != top && at != NONE {
            let node = self.node(at);
            if node.next != NONE {
                return node.next;
            }
            at = node.parent;
        }
        NONE
    }

    /// All text below a node, with no space between its pieces, up to `limit` bytes or a little more.
    pub fn text(&self, top: NodeId, limit: usize) -> String {
        let mut out = String::new();
        for id in self.descendants(top) {
            if let Kind::Text(t) = &self.node(id).kind {
                out.push_str(t);
            }
            if out.len() > limit {
                break;
            }
        }
        out
    }
}

impl Element {
    /// The value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// The name of the element.
    pub fn name(&self) -> &str {
        &self.name.local
    }
}

/// Receives the tree while it is built.
#[derive(Debug)]
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
    depth: Cell<u32>,
}

impl Sink {
    /// A sink with room for the nodes of a page of `bytes` bytes.
    pub fn new(bytes: usize) -> Self {
        let mut nodes = Vec::with_capacity((bytes / 64).min(1 << 20) + 16);
        nodes.push(Node::new(Kind::Root));
        Sink { nodes: RefCell::new(nodes), depth: Cell::new(0) }
    }

    /// How deep the element that is open now stands.
    pub fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// How many nodes there are so far.
    pub fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn push(&self, kind: Kind) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(kind));
        (nodes.len() - 1) as NodeId
    }

    fn unlink(nodes: &mut [Node], id: NodeId) {
        let Node { parent, prev, next, .. } = nodes[id as usize];
        if prev != NONE {
            nodes[prev as usize].next = next;
        } else if parent != NONE {
            nodes[parent as usize].first = next;
        }
        if next != NONE {
            nodes[next as usize].prev = prev;
        } else if parent != NONE {
            nodes[parent as usize].last = prev;
        }
        let node = &mut nodes[id as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    /// Puts `id` below `parent`, before `before`, or last where that is [`NONE`].
    fn link(nodes: &mut [Node], id: NodeId, parent: NodeId, before: NodeId) {
        Self::unlink(nodes, id);
        let prev = if before == NONE { nodes[parent as usize].last } else { nodes[before as usize].prev };
        let depth = nodes[parent as usize].depth + 1;
        let node = &mut nodes[id as usize];
        (node.parent, node.prev, node.next, node.depth) = (parent, prev, before, depth);
        match prev {
            NONE => nodes[parent as usize].first = id,
            _ => nodes[prev as usize].next = id,
        }
        match before {
            NONE => nodes[parent as usize].last = id,
            _ => nodes[before as usize].prev = id,
        }
    }

    fn insert(&self, parent: NodeId, before: NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => {
                let mut nodes = self.nodes.borrow_mut();
                Self::link(&mut nodes, id, parent, before);
                self.depth.set(nodes[id as usize].depth);
            }
            NodeOrText::AppendText(text) => self.insert_text(parent, before, text),
        }
    }

    fn insert_text(&self, parent: NodeId, before: NodeId, text: StrTendril) {
        let mut nodes = self.nodes.borrow_mut();
        let prev = if before == NONE { nodes[parent as usize].last } else { nodes[before as usize].prev };
        if prev != NONE
            && let Kind::Text(t) = &mut nodes[prev as usize].kind
        {
            t.push_tendril(&text);
            return;
        }
        let id = nodes.len() as NodeId;
        nodes.push(Node::new(Kind::Text(text)));
        Self::link(&mut nodes, id, parent, before);
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Dom {
        Dom { nodes: self.nodes.into_inner() }
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> NodeId {
        Dom::ROOT
    }
    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].kind {
            Kind::Element(e) => &e.name,
            _ => unreachable!("the tree builder asks only for the names of elements"),
        })
    }
    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let tag = Tag::of(&name.local);
        self.push(Kind::Element(Element { name, tag, attrs }))
    }
    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.push(Kind::Text(StrTendril::new()))
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.push(Kind::Text(StrTendril::new()))
    }
    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, NONE, child);
    }
    fn append_based_on_parent_node(&self, element: &NodeId, prev: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[*element as usize].parent != NONE;
        if has_parent { self.append_before_sibling(element, child) } else { self.append(prev, child) }
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn pop(&self, node: &NodeId) {
        self.depth.set(self.nodes.borrow()[*node as usize].depth.saturating_sub(1));
    }
    fn get_template_contents(&self, _: &NodeId) -> NodeId {
        // What stands in a template is not shown: it is hung on a root that nobody visits.
        self.push(Kind::Root)
    }
    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        self.insert(parent, *sibling, child);
    }
    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        if let Kind::Element(e) = &mut self.nodes.borrow_mut()[*target as usize].kind {
            for attr in attrs {
                if !e.attrs.iter().any(|a| a.name == attr.name) {
                    e.attrs.push(attr);
                }
            }
        }
    }
    fn remove_from_parent(&self, target: &NodeId) {
        Self::unlink(&mut self.nodes.borrow_mut(), *target);
    }
    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        while nodes[*node as usize].first != NONE {
            let child = nodes[*node as usize].first;
            Self::link(&mut nodes, child, *new_parent, NONE);
        }
    }
}
