/// A small tree of our own that has one of everything.
enum Meadow {
  static let header = """
    #ifndef MEADOW_H
    #define MEADOW_H
    struct meadow {
    \tint (*mow)(struct meadow *m);
    \tint size[MEADOW_DIM(4)];
    };
    extern int meadow_count;
    int meadow_mow(struct meadow *m, int meadow_rest);
    #define MEADOW_DIM(x) ((x) * meadow_unit(x))
    #define meadow_cut(m) meadow_mow(m, 0)
    static inline int meadow_twice(struct meadow *m)
    {
    \treturn meadow_mow(m, 2);
    }
    #endif

    """

  static let core = """
    #include "meadow.h"
    /* meadow_mow is the heart of it */
    int meadow_count = 3;
    static const char *name = "meadow_mow";
    int meadow_mow(struct meadow *m, int rest)
    {
    \treturn m->mow ? m->mow(m) : rest;
    }
    EXPORT_SYMBOL_GPL(meadow_mow);
    int meadow_unit(int x)
    {
    \treturn x + meadow_count;
    }
    EXPORT_SYMBOL_NS(meadow_unit, "MEADOW");

    """

  static let user = """
    #include "meadow.h"
    static int user_mow(struct meadow *m)
    {
    \tint meadow_count = 1;

    \tmeadow_count += meadow_mow(m, meadow_count);
    \treturn meadow_twice(m);
    }
    static const struct meadow_ops user_ops = {
    \t.mow = user_mow,
    \t.fallback = meadow_mow,
    };
    #ifdef USER_EXTRA
    #define USER_CUT meadow_mow
    #endif

    """

  static let assembly = """
    #include <linux/linkage.h>
    /* calls meadow_mow */
    SYM_FUNC_START(meadow_fast)
    \tcall meadow_mow
    \tret
    SYM_FUNC_END(meadow_fast)
    EXPORT_SYMBOL(meadow_fast)

    """

  static let rust = """
    // meadow_mow in a comment
    /* and /* nested */ meadow_mow */
    pub fn mow<'a>(m: &'a mut Meadow) -> i32 {
        let text = "meadow_mow";
        let raw = r#"meadow_mow "quoted""#;
        let c = 'm';
        unsafe { bindings::meadow_mow(m.ptr, 1) }
    }

    """

  static let tree = TextTree([
    "include/meadow.h": header, "core/meadow.c": core, "user/user.c": user,
    "arch/fast.S": assembly, "rust/meadow.rs": rust, "README": "meadow_mow\n",
  ])
}
