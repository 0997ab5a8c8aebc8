/// A file system of our own, `brook`, with helpers around direct writes.
enum BrookTree {
  static let direct = """
    // SPDX-License-Identifier: GPL-2.0
    #include <linux/fs.h>
    #include "brook.h"

    static bool brook_write_grows(struct brook_req *req, struct brook_span *span)
    {
    \tstruct brook_node *node = brook_node_of(req->br_file);

    \treturn req->br_offset + brook_span_bytes(span) > brook_node_length(node);
    }

    static bool brook_direct_wants_single(struct brook_req *req, struct brook_span *span)
    {
    \tstruct brook_handle *handle = req->br_file->private_data;
    \tstruct brook_node *node = brook_node_of(req->br_file);

    \tif (!(handle->open_bits & BROOK_OPEN_PARALLEL))
    \t\treturn true;

    \tif (test_bit(BROOK_NODE_CACHED, &node->mode_bits))
    \t\treturn true;

    \tif (req->br_mode & BROOK_MODE_APPENDING)
    \t\treturn true;

    \tif (brook_write_grows(req, span))
    \t\treturn true;

    \treturn false;
    }

    static void brook_direct_enter(struct brook_req *req, struct brook_span *span, bool *single)
    {
    \tstruct brook_node *node = brook_node_of(req->br_file);

    \t*single = brook_direct_wants_single(req, span);
    \tif (*single) {
    \t\tbrook_gate_close(&node->write_gate);
    \t} else {
    \t\tbrook_gate_share(&node->write_gate);
    \t\t/* The length may have changed before the gate was ours. */
    \t\tif (brook_write_grows(req, span) ||
    \t\t    brook_node_begin_raw(node, NULL) != 0) {
    \t\t\tbrook_gate_unshare(&node->write_gate);
    \t\t\tbrook_gate_close(&node->write_gate);
    \t\t\t*single = true;
    \t\t}
    \t}
    }

    static void brook_direct_leave(struct brook_req *req, bool single)
    {
    \tstruct brook_node *node = brook_node_of(req->br_file);

    \tif (single) {
    \t\tbrook_gate_open(&node->write_gate);
    \t} else {
    \t\tbrook_node_end_raw(node);
    \t\tbrook_gate_unshare(&node->write_gate);
    \t}
    }

    ssize_t brook_direct_write(struct brook_req *req, struct brook_span *span)
    {
    \tssize_t done;
    \tbool single;

    \tbrook_direct_enter(req, span, &single);
    \tdone = brook_send_pages(req, span, BROOK_SEND_WRITE);
    \tbrook_direct_leave(req, single);
    \treturn done;
    }

    """

  static let relay = """
    // SPDX-License-Identifier: GPL-2.0
    #include <linux/fs.h>
    #include "brook.h"

    ssize_t brook_relay_write(struct brook_req *req, struct brook_span *span)
    {
    \tstruct brook_handle *handle = req->br_file->private_data;
    \tssize_t done;

    \tbrook_gate_close(&handle->owner->write_gate);
    \tdone = brook_backing_write(handle->backing, req, span);
    \tbrook_gate_open(&handle->owner->write_gate);
    \treturn done;
    }

    """

  /// Copies of the helpers under names of their own; entering drops one call, leaving another.
  static let copies = """

    static bool brook_relay_grows(struct brook_req *rq, struct brook_span *from)
    {
    \tstruct brook_node *node = brook_node_of(rq->br_file);

    \treturn rq->br_offset + brook_span_bytes(from) > brook_node_length(node);
    }

    static bool brook_relay_must_be_single(struct brook_req *rq, struct brook_span *from)
    {
    \tstruct brook_handle *handle = rq->br_file->private_data;

    \tif (!(handle->open_bits & BROOK_OPEN_PARALLEL))
    \t\treturn true;

    \tif (rq->br_mode & BROOK_MODE_APPENDING)
    \t\treturn true;

    \tif (brook_relay_grows(rq, from))
    \t\treturn true;

    \treturn false;
    }

    static void brook_relay_enter(struct brook_req *rq, struct brook_span *from, bool *alone)
    {
    \tstruct brook_node *node = brook_node_of(rq->br_file);

    \t*alone = brook_relay_must_be_single(rq, from);
    \tif (*alone) {
    \t\tbrook_gate_close(&node->write_gate);
    \t} else {
    \t\tbrook_gate_share(&node->write_gate);
    \t\tif (brook_relay_grows(rq, from)) {
    \t\t\tbrook_gate_unshare(&node->write_gate);
    \t\t\tbrook_gate_close(&node->write_gate);
    \t\t\t*alone = true;
    \t\t}
    \t}
    }

    static void brook_relay_leave(struct brook_req *rq, bool alone)
    {
    \tstruct brook_node *node = brook_node_of(rq->br_file);

    \tif (alone)
    \t\tbrook_gate_open(&node->write_gate);
    \telse
    \t\tbrook_gate_unshare(&node->write_gate);
    }

    """

  static let tree = SmallTree(["fs/brook/direct.c": direct, "fs/brook/relay.c": relay])
}
