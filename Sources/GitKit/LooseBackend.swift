internal import CLibgit2

/// `LooseObjects` as libgit2 wants a part of an object database; read-only.
enum LooseBackend {
  /// What libgit2 is given a pointer to: its own struct first, ours behind it.
  private struct Layout {
    var backend: git_odb_backend
    let objects: LooseObjects
  }

  /// The database that takes the backend frees it.
  static func make(_ folders: [String]) -> UnsafeMutablePointer<git_odb_backend> {
    var backend = git_odb_backend()
    git_odb_init_backend(&backend, UInt32(GIT_ODB_BACKEND_VERSION))
    backend.read = { bytes, size, kind, backend, id in
      LooseBackend.answer { () throws(LooseObjects.Failure) in
        let found = try LooseBackend.objects(backend).read(ObjectID(id!.pointee)) {
          git_odb_backend_data_alloc(backend, $0)
        }
        (bytes!.pointee, size!.pointee, kind!.pointee) = (
          found.bytes, found.head.size, found.head.kind
        )
      }
    }
    backend.read_header = { size, kind, backend, id in
      LooseBackend.answer { () throws(LooseObjects.Failure) in
        let head = try LooseBackend.objects(backend).head(ObjectID(id!.pointee))
        (size!.pointee, kind!.pointee) = (head.size, head.kind)
      }
    }
    backend.read_prefix = { fullID, bytes, size, kind, backend, id, length in
      LooseBackend.answer { () throws(LooseObjects.Failure) in
        let full = try LooseBackend.objects(backend).find(LooseBackend.prefix(id!, length))
        let found = try LooseBackend.objects(backend).read(full) {
          git_odb_backend_data_alloc(backend, $0)
        }
        fullID!.pointee = full.oid
        (bytes!.pointee, size!.pointee, kind!.pointee) = (
          found.bytes, found.head.size, found.head.kind
        )
      }
    }
    backend.exists = { backend, id in
      LooseBackend.objects(backend).exists(ObjectID(id!.pointee)) ? 1 : 0
    }
    backend.exists_prefix = { fullID, backend, id, length in
      LooseBackend.answer { () throws(LooseObjects.Failure) in
        fullID!.pointee = try LooseBackend.objects(backend).find(LooseBackend.prefix(id!, length))
          .oid
      }
    }
    backend.free = { backend in
      backend!.withMemoryRebound(to: Layout.self, capacity: 1) {
        $0.deinitialize(count: 1)
        $0.deallocate()
      }
    }
    let place = UnsafeMutablePointer<Layout>.allocate(capacity: 1)
    place.initialize(to: Layout(backend: backend, objects: LooseObjects(folders: folders)))
    return UnsafeMutableRawPointer(place).assumingMemoryBound(to: git_odb_backend.self)
  }

  private static func objects(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> LooseObjects {
    UnsafeRawPointer(backend!).assumingMemoryBound(to: Layout.self).pointee.objects
  }

  private static func prefix(_ id: UnsafePointer<git_oid>, _ length: Int) -> String {
    String(ObjectID(id.pointee).description.prefix(length))
  }

  private static func answer(_ body: () throws(LooseObjects.Failure) -> Void) -> Int32 {
    do {
      try body()
      return GIT_OK.rawValue
    } catch .absent {
      return GIT_ENOTFOUND.rawValue
    } catch .ambiguous {
      return GIT_EAMBIGUOUS.rawValue
    } catch {
      git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), "a loose object is damaged")
      return GIT_ERROR.rawValue
    }
  }
}
